const e=document.createElement("script");for(const[t,a]of new URLSearchParams(location.search))/^data-[a-z]+$/.test(t)&&e.setAttribute(t,a);e.src="/widget.js";e.async=!0;document.head.append(e);
